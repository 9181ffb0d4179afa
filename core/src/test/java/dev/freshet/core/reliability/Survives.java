package dev.freshet.core.reliability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test fails unless Freshet survives these faults. {@code docs/reliability.md} is made from these marks and the tests' results. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Survives {
    /** Numbers of faults (F) and inputs (B) in the fault matrix. */
    String[] value();
}
