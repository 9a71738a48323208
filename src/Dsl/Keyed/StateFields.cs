using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>
/// Which states the classes of this process have. Generated module initialisers fill it; nothing is looked up by reflection.
/// </summary>
/// <remarks>
/// <para>The contract of the generator: a module initialiser registers each class of its compilation that derives from
/// <see cref="StatefulProcess"/>, abstract ones and those without any state too, with a method that binds the states that this class
/// declares <i>itself</i>. The runtime asks for the class of an instance and then for each class that it derives from, so that private
/// fields are reached where they are declared, in whichever assembly. Of a generic class each construction that the compilation names is
/// registered, as a base class too; accessors lie in a generic class then. Static fields are no states, nor are those of other
/// objects.</para>
/// <code>
/// StateFields.Register&lt;FraudDetector&gt;(static (process, binder) =>
/// {
///     binder.Bind("_small", ref Small(process));
/// });
///
/// [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_small")]
/// static extern ref ValueState&lt;decimal&gt;? Small(FraudDetector process);
/// </code>
/// <para>The codecs of what the states hold are registered as those of any other state. Of one class the last registration counts.</para>
/// </remarks>
public static class StateFields
{
    private static readonly ConcurrentDictionary<Type, Action<object, StateBinder>> Known = new();

    /// <summary>Makes the states of a class known.</summary>
    /// <typeparam name="TOwner">The class.</typeparam>
    /// <param name="bind">Binds the states that it declares itself; those of its base classes are asked for by themselves.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Register<TOwner>(Action<TOwner, StateBinder> bind)
        where TOwner : class
    {
        ArgumentNullException.ThrowIfNull(bind);
        Known[typeof(TOwner)] = (owner, binder) => bind((TOwner)owner, binder);
    }

    // From the base class on, so that a class can be derived from without its states changing their order.
    internal static void Wire(StatefulProcess process, StateBinder binder) => Wire(process, process.GetType(), binder);

    private static void Wire(StatefulProcess process, Type type, StateBinder binder)
    {
        if (type.Assembly == typeof(StatefulProcess).Assembly)
        {
            return;
        }

        if (type.BaseType is { } parent)
        {
            Wire(process, parent, binder);
        }

        if (!TryFind(type, out var bind))
        {
            throw new MissingStateFieldsException(process.GetType(), type);
        }

        bind(process, binder);
    }

    private static bool TryFind(Type type, [NotNullWhen(true)] out Action<object, StateBinder>? bind)
    {
        if (Known.TryGetValue(type, out bind))
        {
            return true;
        }

        // A library registers its classes when its first method runs, which may be later than somebody asks for one.
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        return Known.TryGetValue(type, out bind);
    }
}
