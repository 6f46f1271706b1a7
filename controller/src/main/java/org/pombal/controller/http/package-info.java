/** HTTP as the API speaks it: problems, ETags, pages, headers. */
@NullMarked
package org.pombal.controller.http;

import org.jspecify.annotations.NullMarked;
