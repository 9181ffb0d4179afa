/** The OpenAPI document. */
@NullMarked
package dev.freshet.query.contract;

import org.jspecify.annotations.NullMarked;
