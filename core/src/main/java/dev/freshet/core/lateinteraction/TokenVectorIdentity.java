package dev.freshet.core.lateinteraction;

/**
 * Names what is kept of token vectors, beside the identity of the model that makes them.
 *
 * @param form of what is kept from now on; passages of other forms are scored beside them
 * @param meanChecksum of the mean that was subtracted: bits around another one must never meet
 */
public record TokenVectorIdentity(TokenVectorForm form, String meanChecksum) {}
