/** "BioDL Segment...": dialog, preview and what is shown. */
package org.biodl.ij1.segment;
