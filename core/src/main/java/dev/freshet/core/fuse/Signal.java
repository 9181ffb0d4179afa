package dev.freshet.core.fuse;

import java.util.function.ToDoubleFunction;

/**
 * Something that is known of every thing, whatever list it is in, such as how new it is.
 *
 * @param weight from 0, beside the weights of the lists
 * @param value from 0 to 1
 */
public record Signal<T>(String name, double weight, ToDoubleFunction<T> value) {}
