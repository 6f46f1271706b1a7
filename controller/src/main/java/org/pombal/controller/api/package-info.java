/** The resources of the API, one class for each. */
@NullMarked
package org.pombal.controller.api;

import org.jspecify.annotations.NullMarked;
