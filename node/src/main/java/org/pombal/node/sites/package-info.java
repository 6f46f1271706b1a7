/** What a node has to do with other sites: looking whether they can be reached. */
@NullMarked
package org.pombal.node.sites;

import org.jspecify.annotations.NullMarked;
