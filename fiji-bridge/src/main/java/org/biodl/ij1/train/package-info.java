/** "BioDL Train...": what is to be trained, how it goes, and what comes of it. */
package org.biodl.ij1.train;
