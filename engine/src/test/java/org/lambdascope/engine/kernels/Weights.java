package org.lambdascope.engine.kernels;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.lambdascope.engine.kernels.scalar.ScalarKernels;
import org.lambdascope.engine.tensor.DType;
import org.lambdascope.engine.tensor.Tensor;

/**
 * A random stored matrix and the values that it stands for: made apart from the kernels, but for
 * the types whose reading {@link BlockReferenceTest} checks bit by bit, where the scalar kernels
 * say.
 */
record Weights(Tensor tensor, float[][] values) {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Where in a block the half-precision numbers are; all other bytes may be anything. */
  private static final Map<DType, List<Integer>> SCALES =
      Map.of(
          DType.Q4_1, List.of(0, 2),
          DType.Q5_0, List.of(0),
          DType.Q5_1, List.of(0, 2),
          DType.IQ4_NL, List.of(0),
          DType.Q2_K, List.of(80, 82),
          DType.Q3_K, List.of(108),
          DType.Q4_K, List.of(0, 2),
          DType.Q5_K, List.of(0, 2),
          DType.Q6_K, List.of(208));

  /**
   * Draws a matrix.
   *
   * @param offHeap off the heap, as a mapped file is, at an odd address; else in a heap array
   */
  static Weights random(DType dtype, int rows, int columns, boolean offHeap, Random random) {
    float[][] values = new float[rows][columns];
    int blocks = rows * columns / dtype.blockSize();
    int bytes = Math.toIntExact(dtype.bytes((long) rows * columns));
    MemorySegment data = MemorySegment.ofArray(new byte[bytes]);
    for (int b = 0; b < blocks; b++) {
      float[] block = block(dtype, data, (long) b * dtype.blockBytes(), random);
      for (int i = 0; i < block.length; i++) {
        int at = b * block.length + i;
        values[at / columns][at % columns] = block[i];
      }
    }
    if (offHeap) {
      MemorySegment odd = Arena.ofAuto().allocate(bytes + 1, 64).asSlice(1);
      data = odd.copyFrom(data);
    }
    String name = "test." + dtype;
    Tensor tensor = new Tensor(name, dtype, new long[] {rows, columns}, data.asReadOnly());
    if (!SCALES.getOrDefault(dtype, List.of()).isEmpty()) {
      for (int row = 0; row < rows; row++) {
        new ScalarKernels().readRow(tensor, row, values[row], 0);
      }
    }
    return new Weights(tensor, values);
  }

  private static float[] block(DType dtype, MemorySegment data, long at, Random random) {
    float value = (float) random.nextGaussian();
    switch (dtype) {
      case F32 -> {
        data.set(FLOAT, at, value);
        return new float[] {value};
      }
      case F16 -> {
        // Now and then below 6e-5, where binary16 is subnormal.
        short bits = Float.floatToFloat16(random.nextInt(5) == 0 ? value * 1e-6f : value);
        data.set(SHORT, at, bits);
        return new float[] {Float.float16ToFloat(bits)};
      }
      case BF16 -> {
        int bits = Float.floatToRawIntBits(value) & 0xffff0000;
        data.set(SHORT, at, (short) (bits >> 16));
        return new float[] {Float.intBitsToFloat(bits)};
      }
      case Q8_0 -> {
        short scale = Float.floatToFloat16(value / 127);
        data.set(SHORT, at, scale);
        float[] block = new float[32];
        for (int i = 0; i < 32; i++) {
          byte q = (byte) random.nextInt(-128, 128);
          data.set(ValueLayout.JAVA_BYTE, at + 2 + i, q);
          block[i] = Float.float16ToFloat(scale) * q;
        }
        return block;
      }
      case Q4_0 -> {
        short scale = Float.floatToFloat16(value / 8);
        data.set(SHORT, at, scale);
        float[] block = new float[32];
        for (int i = 0; i < 16; i++) {
          int low = random.nextInt(16);
          int high = random.nextInt(16);
          data.set(ValueLayout.JAVA_BYTE, at + 2 + i, (byte) (high * 16 + low));
          block[i] = Float.float16ToFloat(scale) * (low - 8);
          block[i + 16] = Float.float16ToFloat(scale) * (high - 8);
        }
        return block;
      }
      default -> {}
    }
    for (int i = 0; i < dtype.blockBytes(); i++) {
      data.set(ValueLayout.JAVA_BYTE, at + i, (byte) random.nextInt());
    }
    for (int scale : SCALES.getOrDefault(dtype, List.of())) {
      data.set(SHORT, at + scale, Float.floatToFloat16((float) random.nextGaussian() / 256));
    }
    return new float[dtype.blockSize()];
  }
}
