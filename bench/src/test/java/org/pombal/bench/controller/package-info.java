@NullMarked
package org.pombal.bench.controller;

import org.jspecify.annotations.NullMarked;
