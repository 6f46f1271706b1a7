/** Failover of whole sites, and recovery from it (decision 0020): which rows say so, and who may do what when. */
@NullMarked
package org.pombal.model.sitefailover;

import org.jspecify.annotations.NullMarked;
