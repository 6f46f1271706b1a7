@NullMarked
package org.pombal.model.sitebalance;

import org.jspecify.annotations.NullMarked;
