package org.lambdascope.engine.kernels.vector;

import java.util.Set;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The one vector width of this JVM. The compiler turns vectors into registers only where the
 * species is a constant, so it is chosen when the class is loaded and never passed around.
 */
final class Lanes {

  /** Bits per vector: 128, 256 or 512; the machine's own preference where it is not set. */
  static final String PROPERTY = "lambdascope.vectorBits";

  /** Floats. */
  static final VectorSpecies<Float> F = select(System.getProperty(PROPERTY));

  /** Ints, as many as floats. */
  static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());

  /** Shorts, as many as floats. */
  static final VectorSpecies<Short> S =
      VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));

  /** Bytes, as many as floats; unusable at 128 bits, since no shape has 32. */
  static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, F.vectorBitSize() / 4)));

  /** Floats per vector: 4, 8 or 16. */
  static final int N = F.length();

  private static final VectorShuffle<Float> FOLD_8 =
      VectorShuffle.fromOp(F, lane -> lane ^ (8 % N));
  private static final VectorShuffle<Float> FOLD_4 =
      VectorShuffle.fromOp(F, lane -> lane ^ (4 % N));
  private static final VectorShuffle<Float> FOLD_2 = VectorShuffle.fromOp(F, lane -> lane ^ 2);

  private Lanes() {}

  /**
   * Refuses a bad value of the property.
   *
   * @throws IllegalArgumentException if it is not absent, 128, 256 or 512
   */
  static void check(@Nullable String bits) {
    if (bits != null && !Set.of("128", "256", "512").contains(bits)) {
      throw new IllegalArgumentException(
          "system property %s: expected 128, 256 or 512, found '%s'".formatted(PROPERTY, bits));
    }
  }

  private static VectorSpecies<Float> select(@Nullable String bits) {
    if (bits == null) {
      // Wider than 512 would not divide a cache block into four vectors.
      int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
      return preferred <= 128
          ? FloatVector.SPECIES_128
          : preferred == 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_512;
    }
    // A bad value gets no message here, since check has refused it before.
    return switch (bits) {
      case "128" -> FloatVector.SPECIES_128;
      case "256" -> FloatVector.SPECIES_256;
      default -> FloatVector.SPECIES_512;
    };
  }

  /** The int vector with the lanes {@code first, first + step, …}. */
  static IntVector ramp(int first, int step) {
    return IntVector.zero(I).addIndex(step).add(first);
  }

  /**
   * The sum of all lanes, by halves: always in this order. The Vector API leaves the order of its
   * own float reduction open, and the interpreter and the compiler do differ in it, so that one
   * model would give two results in one run.
   */
  static float sum(FloatVector v) {
    FloatVector folded = v;
    if (N > 8) {
      folded = folded.add(folded.rearrange(FOLD_8));
    }
    if (N > 4) {
      folded = folded.add(folded.rearrange(FOLD_4));
    }
    folded = folded.add(folded.rearrange(FOLD_2));
    return folded.lane(0) + folded.lane(1);
  }
}
