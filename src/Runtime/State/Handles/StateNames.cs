namespace Weir.Runtime.State.Handles;

/// <summary>What the states of a class are called together in a checkpoint: each is a member.</summary>
internal static class StateNames
{
    /// <summary>States of each key.</summary>
    public const string OfKeys = "state";

    /// <summary>States of each key and window.</summary>
    public const string OfPanes = "window state";

    /// <summary>States that a subtask keeps whatever the key.</summary>
    public const string OfSubtasks = "subtask state";

    /// <summary>Whether a part of an operator's state is that of the fields of a class.</summary>
    public static bool AreOfClass(string name) => name is OfKeys or OfPanes or OfSubtasks;
}
