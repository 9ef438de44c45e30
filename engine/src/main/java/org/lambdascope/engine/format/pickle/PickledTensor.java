package org.lambdascope.engine.format.pickle;

/**
 * A tensor as the pickle describes it; nothing of it is checked against the storage yet.
 *
 * @param type element type
 * @param storage name of its storage: the zip entry {@code data/NAME}
 * @param offset of the first element in the storage
 * @param shape dimensions, outermost first
 * @param strides elements from one index to the next, per dimension
 */
record PickledTensor(
    PickledGlobal type, String storage, long offset, long[] shape, long[] strides) {

  /** Whether elements lie row by row without gaps. */
  boolean contiguous() {
    long expected = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && strides[axis] != expected) {
        return false;
      }
      expected *= Math.max(1, shape[axis]);
    }
    return true;
  }
}
