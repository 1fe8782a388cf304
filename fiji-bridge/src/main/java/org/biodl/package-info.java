/** BioDL for scripts and other plugins. */
package org.biodl;
