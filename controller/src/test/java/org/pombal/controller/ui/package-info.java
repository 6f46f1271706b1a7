@NullMarked
package org.pombal.controller.ui;

import org.jspecify.annotations.NullMarked;
