/** What a site's controller does by itself, as operators switch it on and off. */
@NullMarked
package org.pombal.model.feature;

import org.jspecify.annotations.NullMarked;
