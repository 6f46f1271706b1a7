/** Metrics and health over HTTP. */
@NullMarked
package org.pombal.node.http;

import org.jspecify.annotations.NullMarked;
