package dev.freshet.core.lateinteraction;

/**
 * Names what is kept of token vectors, beside the identity of the model that makes them.
 *
 * @param form of what is kept from now on; passages of other forms are scored beside them
 * @param statistics checksum of those that they are kept by: bits around another mean must never meet
 */
public record TokenVectorIdentity(TokenVectorForm form, String statistics) {}
