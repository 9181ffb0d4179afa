package dev.freshet.core.revision;

/**
 * A value that patches set: the patch with the highest order decides, whenever it arrives.
 *
 * @param fence the order of that patch, as {@link dev.freshet.core.document.ChangeOrder#fence()}
 */
public record Register<T>(long fence, T value) {}
