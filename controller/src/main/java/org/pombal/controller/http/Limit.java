package org.pombal.controller.http;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A value of the query that is read by {@link PageRequest#of}, and described as a whole number in its range. */
@Retention(RUNTIME)
@Target(PARAMETER)
public @interface Limit {}
