package dev.freshet.engines.opensearch;

/**
 * What OpenSearch answered.
 *
 * @param status of HTTP
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; never compared
record Reply(int status, byte[] body) {}
