namespace Weir;

/// <summary>When an evictor is asked.</summary>
public enum EvictWhen
{
    /// <summary>Before the function of the window sees the records.</summary>
    BeforeFunction,

    /// <summary>After it has seen them: the next time it sees fewer.</summary>
    AfterFunction,
}
