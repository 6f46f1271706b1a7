/** Sites and the tags that shard them. */
@NullMarked
package org.pombal.model.site;

import org.jspecify.annotations.NullMarked;
