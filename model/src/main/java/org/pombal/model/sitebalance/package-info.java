/** Users between the sites of one tag. */
@NullMarked
package org.pombal.model.sitebalance;

import org.jspecify.annotations.NullMarked;
