namespace Weir;

/// <summary>The side outputs of a source in one subtask.</summary>
internal interface ISourceSides
{
    /// <summary>Whether somebody takes the records of a side output.</summary>
    bool Has<T>(SideOutput<T> side);

    /// <summary>Puts a record out.</summary>
    void Emit<T>(SideOutput<T> side, T record);
}
