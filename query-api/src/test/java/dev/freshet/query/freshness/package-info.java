@NullMarked
package dev.freshet.query.freshness;

import org.jspecify.annotations.NullMarked;
