using System.Runtime.CompilerServices;

namespace Weir.Rows;

/// <summary>The members of a type as columns of a table. The generator writes one for each type that a sink of a database names.</summary>
/// <typeparam name="T">The records.</typeparam>
public abstract class RecordColumns<T>
{
    /// <summary>Calls the visitor for each member, in order of declaration.</summary>
    /// <param name="visitor">The visitor.</param>
    public abstract void Accept(IRecordColumnVisitor<T> visitor);
}

/// <summary>How a sink gets at the members of a type without reflection.</summary>
/// <typeparam name="T">The records.</typeparam>
public interface IRecordColumnVisitor<T>
{
    /// <summary>A member.</summary>
    /// <typeparam name="TValue">Its type.</typeparam>
    /// <param name="member">Its name.</param>
    /// <param name="column">The name that <c>[Column]</c> gives it; null if it has none.</param>
    /// <param name="value">Reads it.</param>
    void Visit<TValue>(string member, string? column, Func<T, TValue> value);
}

/// <summary>The columns of this process, by type. Generated module initialisers fill it; nothing is looked up by reflection.</summary>
public static class RecordColumns
{
    /// <summary>Makes the columns of a type known.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="columns">Its columns.</param>
    public static void Register<T>(RecordColumns<T> columns) => Slot<T>.Columns = columns;

    /// <summary>The columns of a type, or null if none are known.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The columns, or null.</returns>
    public static RecordColumns<T>? Find<T>()
    {
        if (Slot<T>.Columns is null)
        {
            // A library registers them when its first method runs, which may be later than somebody asks.
            RuntimeHelpers.RunModuleConstructor(typeof(T).Module.ModuleHandle);
        }

        return Slot<T>.Columns;
    }

    private static class Slot<T>
    {
        public static RecordColumns<T>? Columns;
    }
}
