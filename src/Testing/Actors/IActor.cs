namespace Weir.Testing.Actors;

/// <summary>Somebody on the simulated machine who does something from time to time: takes finished files, sets the clock.</summary>
internal interface IActor
{
    /// <summary>Does one thing, or nothing if there is nothing to do.</summary>
    void Act();
}
