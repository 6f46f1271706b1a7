@NullMarked
package org.pombal.demo.mail;

import org.jspecify.annotations.NullMarked;
