@NullMarked
package org.pombal.commands;

import org.jspecify.annotations.NullMarked;
