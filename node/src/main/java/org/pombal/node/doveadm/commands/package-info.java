/** What carries out the cluster commands: from arguments to operations, and from what comes of them to rows. */
@NullMarked
package org.pombal.node.doveadm.commands;

import org.jspecify.annotations.NullMarked;
