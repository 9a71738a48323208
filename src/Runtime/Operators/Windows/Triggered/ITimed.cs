namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>An operator with timers: says how many, and how much it keeps, so that tests see that all is given back.</summary>
internal interface ITimed
{
    /// <summary>Gets the number of timers, of event time and of processing time.</summary>
    (int Event, int Processing) Timers { get; }

    /// <summary>Gets the number of values that are kept, without timers.</summary>
    int Kept { get; }
}
