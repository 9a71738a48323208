namespace Weir;

/// <summary>What becomes of a record that a function of the user's throws on.</summary>
public enum FailedRecords
{
    /// <summary>The job fails: the default.</summary>
    Fail,

    /// <summary>The record is left out, and counted.</summary>
    Skip,
}
