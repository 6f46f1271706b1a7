@NullMarked
package org.pombal.cli.http;

import org.jspecify.annotations.NullMarked;
