@NullMarked
package org.pombal.controller.settings;

import org.jspecify.annotations.NullMarked;
