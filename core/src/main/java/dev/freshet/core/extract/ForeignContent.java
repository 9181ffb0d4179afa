package dev.freshet.core.extract;

/**
 * Content that is no text as it is.
 *
 * @param bytes all of it
 * @param contentType as stated, or as its name says; {@link MediaType#UNKNOWN} where nothing says it
 * @param name a file name or path, whose ending may help
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
public record ForeignContent(byte[] bytes, String contentType, String name) {}
