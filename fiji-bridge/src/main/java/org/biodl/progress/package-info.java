/** Progress and cancelling as ImageJ's users know them. */
package org.biodl.progress;
