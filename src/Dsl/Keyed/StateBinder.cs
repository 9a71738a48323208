using System.Globalization;

namespace Weir;

/// <summary>Is told of the states of an object, field by field, and wires them.</summary>
/// <remarks>
/// <para>The contract between generated code and the runtime. For each field of a state type, or array of one, that a class declares
/// itself, generated code calls <c>Bind</c> once, with the name of the field (of the property, where the field stands behind one) and a
/// reference to it. A field that holds nothing yet gets a new handle; one that does keeps it, so that <c>readonly</c> and <c>= new()</c>
/// both do. The elements of an array are states of their own, named <c>name[0]</c>, <c>name[1]</c> and so on.</para>
/// <para>Names are unique within an object, those of the classes that it derives from included.</para>
/// </remarks>
public abstract class StateBinder
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private protected StateBinder()
    {
    }

    /// <summary>Wires one value for each key.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<T>(string name, ref ValueState<T>? field, params string[] formerNames)
    {
        field ??= new ValueState<T>();
        name = Take(field.Name ?? name, field.Wired is null);
        var begins = field.Default;
        field.Wired = Open(
            new StateField(name, formerNames, field.Scope, field.Ttl),
            EqualityComparer<T>.Default.Equals(begins, default) ? null : new Func<T>(() => begins!));
    }

    /// <summary>Wires a list for each key.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<T>(string name, ref ListState<T>? field, params string[] formerNames)
    {
        field ??= new ListState<T>();
        name = Take(field.Name ?? name, field.Wired is null);
        field.Wired = OpenList<T>(new StateField(name, formerNames, field.Scope, field.Ttl));
    }

    /// <summary>Wires a map for each key.</summary>
    /// <typeparam name="TKey">The keys of the map.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<TKey, TValue>(string name, ref MapState<TKey, TValue>? field, params string[] formerNames)
        where TKey : notnull
    {
        field ??= new MapState<TKey, TValue>();
        name = Take(field.Name ?? name, field.Wired is null);
        field.Wired = OpenMap<TKey, TValue>(new StateField(name, formerNames, field.Scope, field.Ttl));
    }

    /// <summary>Wires one value for each key that others are folded into.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field; the class has made it, with its function.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<T>(string name, ref ReducingState<T>? field, params string[] formerNames)
    {
        var made = Made(name, field, "(a, b) => …");
        name = Take(made.Name ?? name, made.Wired is null);
        made.Wired = Open<T>(new StateField(name, formerNames, made.Scope, made.Ttl), null);
    }

    /// <summary>Wires an accumulator for each key.</summary>
    /// <typeparam name="TIn">What is added.</typeparam>
    /// <typeparam name="TAcc">The accumulator.</typeparam>
    /// <typeparam name="TOut">What it finishes with.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field; the class has made it, with its aggregate.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<TIn, TAcc, TOut>(string name, ref AggregatingState<TIn, TAcc, TOut>? field, params string[] formerNames)
    {
        var made = Made(name, field, "new …");
        name = Take(made.Name ?? name, made.Wired is null);
        made.Wired = Open(new StateField(name, formerNames, made.Scope, made.Ttl), made.Aggregate.Create);
    }

    /// <summary>Wires a map that every subtask holds alike.</summary>
    /// <typeparam name="TKey">The keys of the map.</typeparam>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<TKey, TValue>(string name, ref BroadcastState<TKey, TValue>? field, params string[] formerNames)
        where TKey : notnull
    {
        field ??= new BroadcastState<TKey, TValue>();
        name = Take(field.Name ?? name, field.Wired is null);
        field.Wired = OpenBroadcast<TKey, TValue>(new StateField(name, formerNames, StateScope.Key, null));
    }

    /// <summary>Wires a list that each subtask keeps for itself.</summary>
    /// <typeparam name="T">The items.</typeparam>
    /// <param name="name">The name of the state: that of the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="formerNames">Names that it had before, so that its state is found again.</param>
    public void Bind<T>(string name, ref OperatorListState<T>? field, params string[] formerNames)
    {
        field ??= new OperatorListState<T>();
        name = Take(field.Name ?? name, field.Wired is null);
        field.Wired = OpenOperatorList<T>(new StateField(name, formerNames, StateScope.Key, null), field.Redistribution);
    }

    /// <summary>Wires the elements of an array.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="name">The name of the field.</param>
    /// <param name="field">The field; the constructor has made the array.</param>
    /// <param name="formerNames">Names that it had before.</param>
    public void Bind<T>(string name, ref ValueState<T>?[]? field, params string[] formerNames)
    {
        for (var i = 0; i < Made(name, field).Length; i++)
        {
            Bind(Element(name, i), ref field![i], Elements(formerNames, i));
        }
    }

    /// <inheritdoc cref="Bind{T}(string, ref ValueState{T}[], string[])"/>
    public void Bind<T>(string name, ref ListState<T>?[]? field, params string[] formerNames)
    {
        for (var i = 0; i < Made(name, field).Length; i++)
        {
            Bind(Element(name, i), ref field![i], Elements(formerNames, i));
        }
    }

    /// <inheritdoc cref="Bind{T}(string, ref ValueState{T}[], string[])"/>
    public void Bind<TKey, TValue>(string name, ref MapState<TKey, TValue>?[]? field, params string[] formerNames)
        where TKey : notnull
    {
        for (var i = 0; i < Made(name, field).Length; i++)
        {
            Bind(Element(name, i), ref field![i], Elements(formerNames, i));
        }
    }

    /// <inheritdoc cref="Bind{T}(string, ref ValueState{T}[], string[])"/>
    public void Bind<T>(string name, ref ReducingState<T>?[]? field, params string[] formerNames)
    {
        for (var i = 0; i < Made(name, field).Length; i++)
        {
            Bind(Element(name, i), ref field![i], Elements(formerNames, i));
        }
    }

    /// <inheritdoc cref="Bind{T}(string, ref ValueState{T}[], string[])"/>
    public void Bind<TIn, TAcc, TOut>(string name, ref AggregatingState<TIn, TAcc, TOut>?[]? field, params string[] formerNames)
    {
        for (var i = 0; i < Made(name, field).Length; i++)
        {
            Bind(Element(name, i), ref field![i], Elements(formerNames, i));
        }
    }

    internal abstract StateAccess<T>? Open<T>(StateField field, Func<T>? create);

    internal abstract ListAccess<T>? OpenList<T>(StateField field);

    internal abstract MapAccess<TKey, TValue>? OpenMap<TKey, TValue>(StateField field)
        where TKey : notnull;

    internal abstract SubtaskAccess<InsertionMap<TKey, TValue>>? OpenBroadcast<TKey, TValue>(StateField field)
        where TKey : notnull;

    internal abstract SubtaskAccess<List<T>>? OpenOperatorList<T>(StateField field, Redistribution redistribution);

    private static string Element(string name, int index) => string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");

    private static string[] Elements(string[] names, int index) => Array.ConvertAll(names, name => Element(name, index));

    private static TState[] Made<TState>(string name, TState[]? array) => array ?? throw new InvalidOperationException(
        $"The array of states '{name}' is null. Make it in the constructor: its length says how many states there are.");

    private static TState Made<TState>(string name, TState? field, string function)
        where TState : class => field ?? throw new InvalidOperationException(
        $"The state '{name}' is null, and nobody but its class knows what it does. Make it where it is declared: = new({function}).");

    private string Take(string name, bool isFree)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!isFree)
        {
            throw new InvalidOperationException(
                $"The state '{name}' belongs to another subtask already. The function that makes the process must make a new one at each "
                    + "call, with states of its own: Process(() => new …).");
        }

        if (!_names.Add(name))
        {
            throw new InvalidOperationException(
                $"There are two states of the name '{name}', in a class and in one that it derives from: checkpoints could not tell them "
                    + "apart. Rename one of the fields.");
        }

        return name;
    }
}

/// <summary>What a state is found by in a checkpoint.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FormerNames">The names that it had before.</param>
/// <param name="Scope">What it holds a value for.</param>
/// <param name="Ttl">How long what it holds lives; null for as long as its key.</param>
internal sealed record StateField(string Name, IReadOnlyList<string> FormerNames, StateScope Scope, StateTtl? Ttl);
