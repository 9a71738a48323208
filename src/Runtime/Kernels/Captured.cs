using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Weir.Graph;

namespace Weir.Runtime.Kernels;

/// <summary>
/// Reads what a function captured where the pipeline was built. Generated kernels keep it in fields, and ask before whether it can be read.
/// </summary>
/// <remarks>
/// The compiler keeps captured variables in fields of a class that it writes, called as the variables are, and captured variables of scopes
/// around them in objects that such a field holds. Where reflection does not see these fields (native code without metadata, obfuscated
/// names) nothing is read, and the planner has the stages interpreted (ADR 0029).
/// </remarks>
public static class Captured
{
    // What the compiler calls a field that holds the variables of a scope further out, and the one that holds the object itself.
    private const string OuterScope = "CS$<>8__locals";
    private const string Itself = "<>4__this";

    /// <summary>Whether a captured variable can be read.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="stage">The stage whose function captured it.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether <see cref="Value{T}"/> answers.</returns>
    public static bool HasValue<T>(Stage stage, string name) => Find<T>(stage, name, out _);

    /// <summary>The value of a captured variable.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="stage">The stage whose function captured it.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The value.</returns>
    public static T Value<T>(Stage stage, string name) => Find<T>(stage, name, out var value) ? value : throw Missing(stage, name);

    /// <summary>Whether the object can be read whose method made a function.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="stage">The stage of the function.</param>
    /// <returns>Whether <see cref="This{T}"/> answers.</returns>
    public static bool HasThis<T>(Stage stage) => HasTarget<T>(stage) || Find<T>(stage, Itself, out _);

    /// <summary>The object whose method made a function.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="stage">The stage of the function.</param>
    /// <returns>The object.</returns>
    public static T This<T>(Stage stage) => HasTarget<T>(stage) ? Target<T>(stage)
        : Find<T>(stage, Itself, out var value) ? value : throw Missing(stage, "this");

    /// <summary>Whether a function is a method of an object of this type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="stage">The stage of the function.</param>
    /// <returns>Whether <see cref="Target{T}"/> answers.</returns>
    public static bool HasTarget<T>(Stage stage) => TargetOf(stage) is T;

    /// <summary>The object whose method a function is.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="stage">The stage of the function.</param>
    /// <returns>The object.</returns>
    public static T Target<T>(Stage stage) => TargetOf(stage) is T target ? target : throw Missing(stage, "the object in front of the dot");

    private static object? TargetOf(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage.Function?.Target;
    }

    private static bool Find<T>(Stage stage, string name, [MaybeNullWhen(false)] out T value)
    {
        // The scope of the function comes before those around it.
        for (var scopes = new Queue<object?>([TargetOf(stage)]); scopes.TryDequeue(out var scope);)
        {
            foreach (var field in FieldsOf(scope))
            {
                if (field.Name == name && field.FieldType == typeof(T))
                {
                    value = (T)field.GetValue(scope)!;
                    return true;
                }

                if (field.Name.StartsWith(OuterScope, StringComparison.Ordinal))
                {
                    scopes.Enqueue(field.GetValue(scope));
                }
            }
        }

        value = default;
        return false;
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2075",
        Justification = "The function itself uses the fields that are looked for. Where they are not seen, it is interpreted.")]
    private static FieldInfo[] FieldsOf(object? scope) => scope?.GetType() is { } type && type.IsDefined(typeof(CompilerGeneratedAttribute))
        ? type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        : [];

    private static InvalidOperationException Missing(Stage stage, string name) =>
        new($"The function of {stage.Id} has not captured {name}: the loop was built for another one.");
}
