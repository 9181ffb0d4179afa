/** Documents: changes go to Kafka and are acknowledged with their place there; reads come from the index. */
@NullMarked
package dev.freshet.query.documents;

import org.jspecify.annotations.NullMarked;
