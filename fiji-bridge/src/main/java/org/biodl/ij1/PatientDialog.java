package org.biodl.ij1;

import ij.gui.NonBlockingGenericDialog;
import java.awt.Button;
import java.awt.Point;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.function.BooleanSupplier;

/**
 * A dialog that does not block, and whose OK waits while something is still being found out: it stays open until proceed() or withdraw() is
 * called. Opens beside a window, or where the one before it was.
 */
public final class PatientDialog extends NonBlockingGenericDialog
{
    private static final int OK = 0;
    private static final int CANCEL = 1;

    private final transient BooleanSupplier _busy;
    private final Window _beside;
    private final Point _place;
    private boolean _wanted;

    /**
     * @param busy whether OK has to wait
     * @param place where it opens; null for beside the window
     * @param beside null for the middle of the screen
     */
    public PatientDialog(String title, BooleanSupplier busy, Point place, Window beside)
    {
        super(title);
        _busy = busy;
        _place = place;
        _beside = beside;
        centerDialog(place == null && beside == null);
    }

    /** ImageJ calls it when the dialog has its size and before it is seen. */
    @Override
    protected void setup()
    {
        if (_place != null)
            Place.at(this, _place);
        else
            Place.beside(this, _beside);
    }

    @Override
    public synchronized void actionPerformed(ActionEvent event)
    {
        if (event.getSource() != getButtons()[OK] || !waits())
            super.actionPerformed(event);
    }

    @Override
    public synchronized void keyPressed(KeyEvent event)
    {
        if (event.getKeyCode() != KeyEvent.VK_ENTER || !getButtons()[OK].isEnabled() || !waits())
            super.keyPressed(event);
    }

    /** @return whether the user pressed OK and it waits */
    public boolean isWanted()
    {
        return _wanted;
    }

    /** Nothing is to be waited for any more: where the user pressed OK, the dialog ends. */
    public void proceed()
    {
        if (_wanted)
            press(OK);
    }

    /** What was found out speaks against it. */
    public void withdraw()
    {
        _wanted = false;
        getButtons()[OK].setEnabled(false);
    }

    /** Ends as Cancel does. */
    public void end()
    {
        press(CANCEL);
    }

    private boolean waits()
    {
        _wanted = _busy.getAsBoolean();
        return _wanted;
    }

    private void press(int which)
    {
        Button button = getButtons()[which];
        actionPerformed(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getLabel()));
    }
}
