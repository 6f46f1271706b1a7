/** The controller of a site: the REST API over GeoDB, and the site's automation. Mail flows without it. */
@NullMarked
package org.pombal.controller;

import org.jspecify.annotations.NullMarked;
