package org.lambdascope.engine.format.pickle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lambdascope.engine.format.ModelFormatException;
import org.lambdascope.engine.format.Quoted;

/**
 * Reads the pickle of a PyTorch checkpoint: a machine with a stack, of which only the opcodes that
 * tensors need are built (Python's {@code pickletools} documents each). No Python name is looked up
 * or called, so nothing in a file can run; what is not understood is refused by name.
 *
 * <p>Every step reads at least one byte and pushes at most one value, and values are shared, never
 * copied: time and memory are linear in the length of the pickle.
 */
final class PickleReader {

  /** Stands for Python's None. */
  private static final Object NONE = new Object();

  private static final Object MARK = new Object();

  private static final int NEWEST_PROTOCOL = 5;
  private static final int MAX_RANK = 64; // PyTorch's own

  private record Tuple(List<Object> items) {}

  private record Storage(PickledGlobal type, String name) {}

  private final String where;
  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(String where, byte[] pickle) {
    this.where = where;
    this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a state dictionary.
   *
   * @param where the pickle comes from, for messages
   * @return its tensors by name, in the file's order; entries that are no tensors are left out
   * @throws ModelFormatException if the pickle is malformed or holds what tensors do not need
   */
  static Map<String, PickledTensor> read(String where, byte[] pickle) throws ModelFormatException {
    PickleReader reader = new PickleReader(where, pickle);
    Object value;
    try {
      value = reader.run();
    } catch (BufferUnderflowException e) {
      throw new ModelFormatException(
          where, "expected more opcodes, found the end of the pickle", e);
    }
    if (!(value instanceof Map<?, ?> dictionary)) {
      throw reader.fault("expected a dictionary of tensors, found " + describe(value));
    }
    Map<String, PickledTensor> tensors = new LinkedHashMap<>();
    dictionary.forEach(
        (key, item) -> {
          if (key instanceof String name && item instanceof PickledTensor tensor) {
            tensors.put(name, tensor);
          }
        });
    return tensors;
  }

  private Object run() throws ModelFormatException {
    while (true) {
      int opcode = Byte.toUnsignedInt(in.get());
      switch (opcode) {
        case 0x80 -> protocol();
        case 0x95 -> in.getLong(); // FRAME: its length only helps buffering
        case '.' -> {
          return pop();
        }
        case '(' -> stack.add(MARK);
        case '0' -> pop();
        case 'N' -> stack.add(NONE);
        case 0x88 -> stack.add(true);
        case 0x89 -> stack.add(false);
        case 'K' -> stack.add((long) Byte.toUnsignedInt(in.get()));
        case 'M' -> stack.add((long) Short.toUnsignedInt(in.getShort()));
        case 'J' -> stack.add((long) in.getInt());
        case 0x8a -> stack.add(littleLong());
        case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
        case 'X' -> stack.add(text(in.getInt()));
        case 0x8c -> stack.add(text(Byte.toUnsignedInt(in.get())));
        case '}' -> stack.add(new LinkedHashMap<String, Object>());
        case ']' -> stack.add(new ArrayList<Object>());
        case ')' -> stack.add(new Tuple(List.of()));
        case 't' -> stack.add(new Tuple(popToMark()));
        case 0x85 -> tuple(1);
        case 0x86 -> tuple(2);
        case 0x87 -> tuple(3);
        case 'c' -> stack.add(global(line(), line()));
        case 0x93 -> stackGlobal();
        case 'Q' -> stack.add(storage(pop()));
        case 'R' -> reduce();
        case 'b' -> pop(); // BUILD: attributes such as _metadata, which tensors do not need
        case 's' -> setItems(List.of(pop2(), pop()));
        case 'u' -> setItems(popToMark());
        case 'a' -> append(List.of(pop()));
        case 'e' -> append(popToMark());
        case 'q' -> memo.put(Byte.toUnsignedInt(in.get()), top());
        case 'r' -> memo.put(in.getInt(), top());
        case 0x94 -> memo.put(memo.size(), top());
        case 'h' -> recall(Byte.toUnsignedInt(in.get()));
        case 'j' -> recall(in.getInt());
        default ->
            throw fault(
                "opcode 0x%02x is none that tensors need, and is refused".formatted(opcode));
      }
    }
  }

  private void protocol() throws ModelFormatException {
    int version = Byte.toUnsignedInt(in.get());
    if (version < 2 || version > NEWEST_PROTOCOL) {
      throw fault("expected pickle protocol 2 to %d, found %d".formatted(NEWEST_PROTOCOL, version));
    }
  }

  private PickledGlobal global(String module, String name) throws ModelFormatException {
    return PickledGlobal.find(module, name)
        .orElseThrow(
            () ->
                fault(
                    "the name %s is none that tensors need, and is refused"
                        .formatted(Quoted.of(module + "." + name))));
  }

  private void stackGlobal() throws ModelFormatException {
    String name = string(pop());
    stack.add(global(string(pop()), name));
  }

  /** The persistent id of a storage: {@code ('storage', type, name, device, elements)}. */
  private Storage storage(Object id) throws ModelFormatException {
    if (id instanceof Tuple tuple
        && tuple.items().size() == 5
        && tuple.items().get(0).equals("storage")
        && tuple.items().get(1) instanceof PickledGlobal type
        && type.elementBytes() > 0
        && tuple.items().get(2) instanceof String name) {
      return new Storage(type, name);
    }
    throw fault("expected the id of a storage, found " + describe(id));
  }

  private void reduce() throws ModelFormatException {
    Object arguments = pop();
    Object callable = pop();
    if (!(callable instanceof PickledGlobal global) || !(arguments instanceof Tuple tuple)) {
      throw fault(
          "expected a known name and a tuple to call it with, found %s and %s"
              .formatted(describe(callable), describe(arguments)));
    }
    stack.add(
        switch (global) {
          case ORDERED_DICT -> {
            if (!tuple.items().isEmpty()) {
              throw fault("expected an empty OrderedDict, found arguments");
            }
            yield new LinkedHashMap<String, Object>();
          }
          case REBUILD_TENSOR -> tensor(tuple.items());
          case REBUILD_PARAMETER -> {
            if (!tuple.items().isEmpty() && tuple.items().get(0) instanceof PickledTensor tensor) {
              yield tensor;
            }
            throw fault("expected a tensor in a parameter, found none");
          }
          default -> throw fault("expected a name to call, found a storage type");
        });
  }

  /** {@code (storage, offset, shape, strides, requires_grad, hooks)}. */
  private PickledTensor tensor(List<Object> items) throws ModelFormatException {
    if (items.size() >= 4
        && items.get(0) instanceof Storage storage
        && items.get(1) instanceof Long offset
        && items.get(2) instanceof Tuple shape
        && items.get(3) instanceof Tuple strides
        && shape.items().size() == strides.items().size()) {
      return new PickledTensor(
          storage.type(), storage.name(), offset, longs(shape), longs(strides));
    }
    throw fault(
        "expected a storage, an offset, a shape and strides in a tensor, found other things");
  }

  private long[] longs(Tuple tuple) throws ModelFormatException {
    // A tuple may be shared by many tensors, so its length times their number must stay bounded.
    if (tuple.items().size() > MAX_RANK) {
      throw fault(
          "expected at most %d dimensions, found %d".formatted(MAX_RANK, tuple.items().size()));
    }
    long[] values = new long[tuple.items().size()];
    for (int i = 0; i < values.length; i++) {
      if (!(tuple.items().get(i) instanceof Long value) || value < 0) {
        throw fault("expected sizes and strides from 0, found " + describe(tuple.items().get(i)));
      }
      values[i] = value;
    }
    return values;
  }

  /** Python keeps the later of two equal keys; two tensors of one name are a fault all the same. */
  private void setItems(List<Object> items) throws ModelFormatException {
    if (!(top() instanceof LinkedHashMap<?, ?>) || items.size() % 2 != 0) {
      throw fault("expected keys and values for a dictionary, found " + describe(top()));
    }
    @SuppressWarnings("unchecked") // the only maps on the stack are made above
    Map<String, Object> dictionary = (Map<String, Object>) top();
    for (int i = 0; i < items.size(); i += 2) {
      String key = string(items.get(i));
      if (dictionary.put(key, items.get(i + 1)) != null) {
        throw fault("expected each key once, found %s twice".formatted(Quoted.of(key)));
      }
    }
  }

  private void append(List<Object> items) throws ModelFormatException {
    if (!(top() instanceof ArrayList<?>)) {
      throw fault("expected a list to append to, found " + describe(top()));
    }
    @SuppressWarnings("unchecked") // the only lists on the stack are made above
    List<Object> list = (List<Object>) top();
    list.addAll(items);
  }

  private void recall(int index) throws ModelFormatException {
    Object value = memo.get(index);
    if (value == null) {
      throw fault("expected the remembered value %d, found none".formatted(index));
    }
    stack.add(value);
  }

  private void tuple(int size) throws ModelFormatException {
    List<Object> items = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      items.addFirst(pop());
    }
    stack.add(new Tuple(items));
  }

  private Object top() throws ModelFormatException {
    if (stack.isEmpty()) {
      throw fault("expected a value on the stack, found none");
    }
    return stack.getLast();
  }

  private Object pop() throws ModelFormatException {
    top();
    return stack.removeLast();
  }

  /** The value below the top, so that key and value of {@code SETITEM} come in order. */
  private Object pop2() throws ModelFormatException {
    if (stack.size() < 2) {
      throw fault("expected a key and a value on the stack, found fewer");
    }
    return stack.remove(stack.size() - 2);
  }

  private List<Object> popToMark() throws ModelFormatException {
    int mark = stack.size() - 1;
    while (mark >= 0 && stack.get(mark) != MARK) {
      mark--;
    }
    if (mark < 0) {
      throw fault("expected a mark on the stack, found none");
    }
    List<Object> above = stack.subList(mark + 1, stack.size());
    List<Object> items = new ArrayList<>(above);
    stack.subList(mark, stack.size()).clear();
    return items;
  }

  private String string(Object value) throws ModelFormatException {
    if (value instanceof String text) {
      return text;
    }
    throw fault("expected a text, found " + describe(value));
  }

  private String text(int bytes) throws ModelFormatException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw fault("expected a text of %d bytes, found %d left".formatted(bytes, in.remaining()));
    }
    byte[] utf8 = new byte[bytes];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** One of the two lines of {@code GLOBAL}. */
  private String line() {
    StringBuilder out = new StringBuilder();
    for (char c = (char) in.get(); c != '\n'; c = (char) in.get()) {
      out.append(c);
    }
    return out.toString();
  }

  private long littleLong() throws ModelFormatException {
    int bytes = Byte.toUnsignedInt(in.get());
    if (bytes > Long.BYTES) {
      throw fault("expected a whole number of at most 8 bytes, found %d".formatted(bytes));
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      long part = i == bytes - 1 ? in.get() : Byte.toUnsignedLong(in.get());
      value |= part << (8 * i);
    }
    return value;
  }

  private static String describe(Object value) {
    return switch (value) {
      case String text -> "the text " + Quoted.of(text);
      case Long number -> "the number " + number;
      case PickledGlobal global -> "the name " + global.storedType();
      case PickledTensor tensor -> "a tensor";
      case Map<?, ?> map -> "a dictionary";
      case List<?> list -> "a list";
      case Tuple tuple -> "a tuple";
      case Storage storage -> "a storage";
      default -> value == NONE ? "None" : value == MARK ? "a mark" : "another value";
    };
  }

  private ModelFormatException fault(String what) {
    return new ModelFormatException(where + ", byte " + in.position() + " of its pickle", what);
  }
}
