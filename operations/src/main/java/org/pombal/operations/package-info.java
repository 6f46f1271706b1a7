/**
 * What an operator may do to the cluster, with all its safety checks: one class for each kind of thing. The doveadm commands
 * of a node and the REST API of a controller are thin layers over this.
 */
@NullMarked
package org.pombal.operations;

import org.jspecify.annotations.NullMarked;
