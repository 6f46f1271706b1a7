package org.pombal.controller.http;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A value of the query that is read by {@link Input#flag}, and described as a boolean. */
@Retention(RUNTIME)
@Target(PARAMETER)
public @interface Flag {}
