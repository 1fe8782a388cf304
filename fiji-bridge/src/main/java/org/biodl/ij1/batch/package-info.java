/** Macros without a user: a launcher with an exit code, and calls that need no window system. */
package org.biodl.ij1.batch;
