@NullMarked
package org.pombal.controller.automation;

import org.jspecify.annotations.NullMarked;
